"""Names of files as titles."""

import pytest

from archive.model.naming.file_names import readable_name, without_key


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("00c058_uploads_0be7994f3020eaae9ac40d9e8aae8bb9_oss_projekt.pdf", "Oss projekt"),
        ("3f2b8c1e-94aa-4c1b-8a53-0d3a9e6b7c21_Slutrapport.pdf", "Slutrapport"),
        ("Regional_plan_v2_slutlig.pptx", "Regional plan"),
        ("Regional plan (1).pptx", "Regional plan"),
        ("Regional plan - kopia.pptx", "Regional plan"),
        ("Kopia av Regional plan.pptx", "Regional plan"),
        ("2021-01-12_Lundell_OSS_FINAL.pdf", "Lundell OSS"),
        ("Modell_4.0_2021-09-16_Publik.pdf", "Modell"),
        ("regional-plan-for-norr.pdf", "Regional plan for norr"),
        ("APIHantering_NOSAD.pdf", "APIHantering NOSAD"),
        ("Digital%20tvilling.pdf", "Digital tvilling"),
        ("2_feb.pdf", "2 feb"),
        ("20211207.pdf", "20211207"),
        ("deadbeef.pdf", "Deadbeef"),
        ("Budget 2022.xlsx", "Budget 2022"),
    ],
)
def test_readable_name(filename: str, title: str) -> None:
    assert readable_name(filename) == title


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("00c058_uploads_0be7994f3020eaae9ac40d9e8aae8bb9_OSS_v1.0.pdf", "OSS_v1.0.pdf"),
        ("Region_plan.pptx", "Region_plan.pptx"),
        (".pptx", ".pptx"),
    ],
)
def test_name_without_its_storage_key(filename: str, name: str) -> None:
    assert without_key(filename) == name
