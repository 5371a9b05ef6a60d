"""Requests that are the first ones for a route, at the same instant.

Odoo compiles what builds a route's path at the first request and then drops what it
compiled from. With threads instead of workers a second request that came meanwhile
found that missing and was answered with an error 500.
"""

import threading

from odoo.addons.base.models.ir_http import LazyCompiledBuilder

_lock = threading.Lock()


def _build(self, *args, **kwargs):
    if self._callable is None:
        # Only compiled under the lock: building may read the database and wait.
        with _lock:
            if self._callable is None:
                compiled = self._compile_builder(self._append_unknown)
                self._callable = compiled.__get__(self.rule, None)
    return self._callable(*args, **kwargs)


LazyCompiledBuilder.__call__ = _build
