"""A seeded synthetic population of any country and size: demonstrations, load and tests.

Same parameters, same records, byte for byte: chance comes from generators that are passed in and
days are passed in. Nobody simulated exists, and no figure made from them is a country's figure.
"""
