"""placeholder"""


def run(options, rest):
    return 0
