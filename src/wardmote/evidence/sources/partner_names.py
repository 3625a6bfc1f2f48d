"""Given names that are common in Britain, by which words in capitals are told to be a person's name.

No list is whole, and shape alone decides nothing: 'Council Tenant' and 'Chatham Central' look like a name as well. A
given name before a word in capitals is taken for one unless that word, or the one before, belongs to a place.
"""

import re

_GIVEN = """
Aaron Abdul Abigail Adam Adrian Ahmed Aisha Alan Albert Alexander Alexandra Alfie Ali Alice Alison Amanda
Amelia Amy Andrea Andrew Angela Anita Ann Anna Anne Annie Anthony Antony Archie Arthur Ashley Ava Barbara
Barry Ben Benjamin Beryl Beth Bethany Bob Bradley Brenda Brian Callum Carl Carol Caroline Catherine Charles
Charlie Charlotte Cheryl Chloe Chris Christina Christine Christopher Claire Clare Colin Connor Craig Daisy
Daniel Danielle Darren David Dawn Dean Deborah Debbie Dennis Derek Diana Diane Donald Donna Doreen Doris
Dorothy Dylan Edward Eileen Elaine Eleanor Elizabeth Ella Ellie Emily Emma Eric Ethan Evelyn Fatima Fiona
Florence Frances Francis Frank Frederick Freya Gareth Gary Gavin Gemma Geoffrey George Georgia Gerald Gillian
Gladys Glenn Gordon Grace Graham Grant Gregory Hannah Harold Harry Hassan Hazel Heather Helen Henry Hilary
Holly Howard Hugh Hussein Ian Ibrahim Irene Isabella Isla Jack Jackie Jacob Jacqueline Jade James Jamie Jane
Janet Janice Jasmine Jason Jayne Jean Jeffrey Jennifer Jeremy Jessica Jill Jim Joan Joanna Joanne Joe John
Jonathan Jordan Joseph Josephine Joshua Joyce Judith Julia Julian Julie June Karen Karl Kate Katherine
Kathleen Kathryn Katie Keith Kelly Kenneth Kerry Kevin Kieran Kim Kirsty Kyle Laura Lauren Lawrence Leanne Lee
Leo Leon Leonard Lesley Leslie Lewis Liam Linda Lisa Logan Lorraine Louis Louise Luca Lucy Luke Lynn Lynne
Malcolm Marcus Margaret Maria Marian Marie Marilyn Marion Mark Martin Mary Matthew Maureen Maurice Megan
Melanie Melissa Michael Michelle Mick Mike Mohamed Mohammad Mohammed Moira Molly Muhammad Nadia Naomi Natalie
Natasha Nathan Neil Nicholas Nicola Nigel Noah Norma Norman Oliver Olivia Oscar Owen Pamela Patricia Patrick
Paul Paula Pauline Peter Philip Phillip Phyllis Polly Rachel Ralph Raymond Rebecca Reginald Rhys Richard Rita
Robert Roger Ronald Rosemary Ross Roy Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean
Sharon Sheila Shirley Simon Sophia Sophie Stacey Stanley Stella Stephanie Stephen Steven Stewart Stuart Susan
Suzanne Sylvia Tara Ted Terence Teresa Theo Thomas Tim Timothy Tina Toby Tom Tony Tracey Tracy Trevor Valerie
Vanessa Vera Vernon Veronica Victor Victoria Vincent Wayne Wendy William Wilma Yusuf Yvonne Zara Zoe
"""
#: Words that make a street, building or body of what stands before them.
_OF_PLACES = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Crescent|Cres|Way|Place|Pl|Terrace|Gardens?|Grove|"
    "Square|Sq|Park|Walk|Hill|Rise|Row|Mews|Green|Gate|View|House|Hall|Centre|Center|School|Academy|College|Hospital|"
    "Church|Chapel|Estate|Ward|Bridge|Station|Dock|Quay|Wharf|Fields?|Common|Wood|Woods|Beach|Pier|Parade|Arcade|"
    "Barracks|Cross|Inn|Arms|Head|Hotel|Stores?|Lewis|Council|Trust|Charity|Foundation|Tower|Point|North|South|East|"
    "West|Central|Town|Village|Bay|Farm|Mill|Lodge|Library|Stadium|Clinic|Surgery"
)
_NAMED_AFTER = r"(?<!\bSt )(?<!\bSt\. )(?<!\bSaint )(?<!\bKing )(?<!\bQueen )(?<!\bPrince )(?<!\bPrincess )"
_ANY_GIVEN = "|".join(_GIVEN.split())
_BEGINS_GIVEN = re.compile(rf"(?:{_ANY_GIVEN})\b", re.IGNORECASE)
_NAME = re.compile(
    rf"{_NAMED_AFTER}\b(?:{_ANY_GIVEN}) (?:[A-Z]\.? )?(?!(?:{_OF_PLACES})\b)[A-Z][a-z'’-]+\b(?! (?:{_OF_PLACES})\b)"
    rf"|\b[A-Z][a-z'’-]+, (?:{_ANY_GIVEN})\b$"
)


def begins_with_given_name(text: str) -> bool:
    """Is the first word a given name, whatever follows it? 'Emma Trust' may be somebody."""
    return bool(_BEGINS_GIVEN.match(text))


def holds_given_name(text: str) -> bool:
    """Does a given name stand here before a surname, or behind it and a comma?

    >>> [holds_given_name(t) for t in ('seen with Mary Jones', 'Jones, Mary', 'Mary Jones Close', 'St James Park')]
    [True, True, False, False]
    """
    return bool(_NAME.search(text))
