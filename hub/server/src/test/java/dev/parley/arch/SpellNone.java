package dev.parley.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Set;

/**
 * Has none of the words among its constants; found in the class file, as rules see no constants.
 */
final class SpellNone extends ArchCondition<JavaClass> {

  private final Set<String> words;

  SpellNone(Set<String> words) {
    super("spell none of " + words);
    this.words = words;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (PoolEntry entry : ClassFile.of().parse(bytes(type)).constantPool()) {
      if (entry instanceof StringEntry text && words.contains(text.stringValue())) {
        events.add(
            SimpleConditionEvent.violated(
                type, type.getName() + " spells \"" + text.stringValue() + '"'));
      }
    }
  }

  private static byte[] bytes(JavaClass type) {
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
