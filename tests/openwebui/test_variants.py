"""Further smart models that the registry turns on."""

from __future__ import annotations

from tests.support.installation import Installation, eventually

REGISTRY = "version: 1\nvariants:\n  local: {enabled: true}\n"


def test_a_variant_is_offered_to_whoever_may_use_smart_and_does_what_it_says(smart: Installation) -> None:
    smart.registry(REGISTRY)

    def listed() -> bool:
        with smart.api(smart.user) as client:
            return "smart_router.local" in {model["id"] for model in client.get("/api/models").json()["data"]}

    assert eventually(listed)
    answer = smart.chat("Write a Python function to reverse a string", smart.user, model="smart_router.local")
    assert answer["choices"][0]["message"]["content"]
    backends = {item["id"]: item for item in smart.get("/models")["items"]}
    assert backends[answer["selected_model_id"]]["local"]
    with smart.api(smart.admin) as client:
        local = client.get("/api/v1/models/model", params={"id": "smart_router.local"}).json()
    assert "local model" in local["meta"]["description"]
    with smart.api(smart.outsider) as client:
        ids = {model["id"] for model in client.get("/api/models").json()["data"]}
    assert ("smart_router.local" in ids) == ("smart_router.auto" in ids)
