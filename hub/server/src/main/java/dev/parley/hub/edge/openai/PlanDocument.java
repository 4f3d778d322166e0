package dev.parley.hub.edge.openai;

import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.hub.routing.Plan;

/** A plan as the caller of a dry run reads it. */
final class PlanDocument {

  private PlanDocument() {}

  static byte[] of(Plan plan, Capability capability) {
    JsonWriter json = new JsonWriter(512).beginObject().member("object", "route.plan");
    json.member("model", plan.model().name()).member("capability", capability.wireName());
    json.name("chosen").beginArray();
    for (Plan.Step step : plan.chosen()) {
      target(json, step.target()).member("role", step.role().wireName());
      json.member("reason", step.reason()).endObject();
    }
    json.endArray().name("passed_over").beginArray();
    for (Plan.Rejection rejection : plan.passedOver()) {
      target(json, rejection.target()).member("reason", rejection.reason()).endObject();
    }
    return json.endArray().endObject().toBytes();
  }

  private static JsonWriter target(JsonWriter json, Target target) {
    return json.beginObject().member("backend", target.backend()).member("model", target.model());
  }
}
