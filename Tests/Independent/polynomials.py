"""The coefficients of the smooth activations, read where Documentation/ElementaryFunctions.md lists them."""
import os

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Documentation/ElementaryFunctions.md")


def chains():
    """Of each polynomial its chains, each from its highest degree down."""
    with open(DOCUMENT) as file:
        block = file.read().split("```text\n")[1].split("```")[0]
    parts = [part.strip().splitlines()[1:] for part in block.split("# ")[1:]]
    return [[[float.fromhex(number) for number in line.split()] for line in part] for part in parts]


EXPONENTIAL, LOGARITHM, NORMAL_TAIL = chains()
