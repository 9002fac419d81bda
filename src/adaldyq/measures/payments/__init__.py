"""Payments: public services are paid electronically, and every unit is accounted for."""
