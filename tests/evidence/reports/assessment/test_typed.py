"""Numbers typed by hand: those that stand for a figure, and those that name a day, a law, an age or a place."""

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
Crime was up 8 percentage points.
We spent £2,000 on crime prevention.
The group held 12 meetings on burglary.
12 officers investigated burglaries.
30 people reported crimes.
We ran 5 crime prevention events.
We ask 40% of residents about crime.
Our target is a 5% reduction in burglary.
We aim to prevent 50 burglaries.
Funding rose 5%.
Confidence rose by 4%.
There are 15 offence groups.
In 12 wards burglary was mapped.
The 3 officers on robbery moved.
Within 2 hours robbery victims were called.
Each of 6 schools discussed crime.
A grant of £1.2 million for crime prevention came.
The survey had 85% turnout.
All recorded crime was 12,345 in 2025/26.
It came to 312.
It rose to 999.
Burglaries were over 50.
This year 312 burglaries came.
In these wards 12 burglaries were recorded.
About 1.2k offences.
Of crimes 25% are theft.
There were twelve burglaries.
A hundred robberies took place.""".splitlines()


@pytest.mark.parametrize("sentence", TYPED)
def test_a_figure_typed_by_hand(sentence: str) -> None:
    assert len(list(find_typed(sentence))) == 1


OTHER = """Under section 17 of the Crime and Disorder Act 1998, and sections 5, 6 and 7.
People aged 16 to 24, those over 65 and under-18s were asked.
From 1 April 2025 to 31 March 2026, on 12 and 13 May, and in the year 2024/25.
2.1 What the police recorded
The M25, COVID-19, ME4 4TT and CO2.
The top 10 streets, decile 1 and the 10% most deprived.
Article 8(1) and Schedule 2, paragraph 12.
The plan has five themes and three aims.
In 2024 burglary was the priority.
In 2024/25 burglaries were counted anew.
Since 12 March robberies are mapped.
Since March 12 robberies are mapped.
Call 101 to report crime.
Ring 999 if a crime is under way.
The 999 calls about robbery are counted apart.
Help is there 24/7 for victims of crime.
Victims aged 14 reported robbery.
A 14-year-old robbery victim was helped.
Section 5 public order offences are counted.
Page 3 crime maps show more.
Priority 1 burglary work goes on.
Ring 01634 123456 about burglary.
The rate is # per 1,000 residents.
There were # crimes.
The likely range has 95% confidence for robbery.
At 9pm robbery patrols begin.
From 10:30 burglary leads meet.
Over 3 years burglary work goes on.
The plan for 2025 crime work is set.
The 2nd robbery team began.
Rates are per 1,000 crimes.
At 12 High Street robberies were discussed.
Between 2019 and 2024 crimes were mapped.""".splitlines()


@pytest.mark.parametrize("sentence", OTHER)
def test_a_number_that_is_no_figure(sentence: str) -> None:
    assert list(find_typed(sentence)) == []
