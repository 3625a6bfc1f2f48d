"""The annual strategic assessment: readings of the evidence become one document, every figure in its ledger."""
