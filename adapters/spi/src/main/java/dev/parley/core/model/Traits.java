package dev.parley.core.model;

import java.util.Set;

/**
 * Everything about a call that decides where it goes: what it needs, how much of it, and for whom.
 *
 * @param capability what a model must be able to do
 * @param model the model name that the caller used; empty when it named none
 * @param stream whether the answer is wanted piece by piece
 * @param inputs kinds of content given
 * @param outputs kinds of content wanted
 * @param language BCP 47 tag of the speech or text; empty when unknown
 * @param voice the voice to speak with; empty when there is none
 * @param amounts how much it asks for
 * @param caller who calls
 * @param link where an http or https URL stands that whoever serves the call would fetch; empty
 *     when there is none
 */
public record Traits(
    Capability capability,
    String model,
    boolean stream,
    Set<Modality> inputs,
    Set<Modality> outputs,
    String language,
    String voice,
    Amounts amounts,
    Caller caller,
    String link) {

  public Traits {
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
  }

  /** One that links to nothing. */
  public Traits(
      Capability capability,
      String model,
      boolean stream,
      Set<Modality> inputs,
      Set<Modality> outputs,
      String language,
      String voice,
      Amounts amounts,
      Caller caller) {
    this(capability, model, stream, inputs, outputs, language, voice, amounts, caller, "");
  }

  /** A call of which no more is known than what it needs and the name it used. */
  public static Traits of(Capability capability, String model) {
    return new Traits(
        capability, model, false, Set.of(), Set.of(), "", "", Amounts.NONE, Caller.ANYONE);
  }

  public Traits withModel(String other) {
    return new Traits(
        capability, other, stream, inputs, outputs, language, voice, amounts, caller, link);
  }

  public Traits withStream(boolean other) {
    return new Traits(
        capability, model, other, inputs, outputs, language, voice, amounts, caller, link);
  }

  public Traits withContent(Set<Modality> in, Set<Modality> out) {
    return new Traits(capability, model, stream, in, out, language, voice, amounts, caller, link);
  }

  public Traits withLanguage(String other) {
    return new Traits(
        capability, model, stream, inputs, outputs, other, voice, amounts, caller, link);
  }

  public Traits withVoice(String other) {
    return new Traits(
        capability, model, stream, inputs, outputs, language, other, amounts, caller, link);
  }

  public Traits withAmounts(Amounts other) {
    return new Traits(
        capability, model, stream, inputs, outputs, language, voice, other, caller, link);
  }

  public Traits withCaller(Caller other) {
    return new Traits(
        capability, model, stream, inputs, outputs, language, voice, amounts, other, link);
  }

  public Traits withLink(String other) {
    return new Traits(
        capability, model, stream, inputs, outputs, language, voice, amounts, caller, other);
  }
}
