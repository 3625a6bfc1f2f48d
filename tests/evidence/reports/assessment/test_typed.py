"""Numbers typed by hand: those that count crimes, and those that count something else."""

import pytest

from wardmote.evidence.reports.assessment.typed import find_typed

TYPED = """There were 99,999 crimes.
There were 42 burglaries.
12 robberies were recorded.
We recorded 2024 offences.
The police recorded 1,204 violent offences.
There were 7 recorded hate crimes.
Burglary rose 12%.
Burglary rose by 12 per cent.
A 5% fall was seen.
Robbery is 4.5 percent lower.
Shoplifting makes up 30% of crime.
Some 18% of all burglaries were cleared up.
The rate was 81.2 per 1,000 residents.
The rate was 8120 per 100,000.
There were 12 more robberies.
There were 3 homicides.
There were 415 incidents of anti-social behaviour.
12 cases of robbery came in.
There were 60 vehicle crime reports.
There were 17 bicycle thefts.
There were 999 offences.
There were 300 public order offences.
There were 9 other thefts.
There were 21 thefts from the person.
There were 14 drug offences.
Nearly 500 serious assaults took place.
In 2021/22 there were 14 arsons.
Crime is down 3%.
There were # crimes and 12 burglaries.
Crime was up 8 percentage points.""".splitlines()


@pytest.mark.parametrize("sentence", TYPED)
def test_a_number_of_crimes_typed_by_hand(sentence: str) -> None:
    assert len(list(find_typed(sentence))) == 1


OTHER = """In 2024 burglary was the priority.
In 2024/25 burglaries were counted anew.
Since 12 March robberies are mapped.
Since March 12 robberies are mapped.
Call 101 to report crime.
Ring 999 if a crime is under way.
The 999 calls about robbery are counted apart.
Help is there 24/7 for victims of crime.
We spent £2,000 on crime prevention.
The group held 12 meetings on burglary.
12 officers investigated burglaries.
30 people reported crimes.
Victims aged 14 reported robbery.
A 14-year-old robbery victim was helped.
We ran 5 crime prevention events.
Section 5 public order offences are counted.
Page 3 crime maps show more.
Priority 1 burglary work goes on.
Ring 01634 123456 about burglary.
The rate is # per 1,000 residents.
There were # crimes.
The likely range has 95% confidence for robbery.
We ask 40% of residents about crime.
Our target is a 5% reduction in burglary.
We aim to prevent 50 burglaries.
Funding rose 5%.
Confidence rose by 4%.
At 9pm robbery patrols begin.
From 10:30 burglary leads meet.
There are 15 offence groups.
In 12 wards burglary was mapped.
The 3 officers on robbery moved.
Over 3 years burglary work goes on.
Within 2 hours robbery victims were called.
The plan for 2025 crime work is set.
The 2nd robbery team began.
Rates are per 1,000 crimes.
Each of 6 schools discussed crime.
A grant of £1.2 million for crime prevention came.
The survey had 85% turnout.
At 12 High Street robberies were discussed.
Between 2019 and 2024 crimes were mapped.""".splitlines()


@pytest.mark.parametrize("sentence", OTHER)
def test_a_number_of_something_else(sentence: str) -> None:
    assert list(find_typed(sentence)) == []
