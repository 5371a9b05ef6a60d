"""Requests that are the first ones for a route, at the same instant.

Odoo compiles what builds a route's path at the first request and then drops what it
compiled from. With threads instead of workers a second request that came meanwhile
found that missing and was answered with an error 500.
"""

import threading

from odoo.addons.base.models.ir_http import LazyCompiledBuilder

_lock = threading.Lock()
_build = LazyCompiledBuilder.__call__


def _build_once(self, *args, **kwargs):
    if self._callable is not None:
        return _build(self, *args, **kwargs)
    with _lock:
        return _build(self, *args, **kwargs)


LazyCompiledBuilder.__call__ = _build_once
