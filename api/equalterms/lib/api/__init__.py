"""The pieces every API view is made of."""
