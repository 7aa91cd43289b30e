"""Printed sheets and sound packs, made from the phrasebooks."""

from app.handout.building import Draft, prepare
from app.handout.layouts import Layout, layout, layouts
from app.handout.order import Order

__all__ = ["Draft", "Layout", "Order", "layout", "layouts", "prepare"]
