"""What an agency owes as a workbook, out and back in, for those who must. A workbook never submits anything."""
