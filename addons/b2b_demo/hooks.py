from .builder import build


def post_init_hook(env):
    """Build the demo business once the addon is there."""
    build(env)
