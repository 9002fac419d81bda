"""The search over everything public: officials, bodies, companies, rules and pages."""
