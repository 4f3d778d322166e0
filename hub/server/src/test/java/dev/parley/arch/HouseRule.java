package dev.parley.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;

/**
 * A rule with the proof that it bites.
 *
 * @param sentence what holds
 * @param rule how it is checked
 * @param violator simple name of the class below {@code dev.parley.arch.violations} that breaks it
 */
record HouseRule(String sentence, ArchRule rule, String violator) {

  EvaluationResult evaluate(JavaClasses classes) {
    return rule.as(sentence).evaluate(classes);
  }

  @Override
  public String toString() {
    return sentence;
  }
}
