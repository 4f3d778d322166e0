package dev.parley.adapters.espeak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceListTest {

  private static final VoiceList LIST =
      VoiceList.parse(
          """
          Pty Language       Age/Gender VoiceName          File                 Other Languages
           5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn (zh-cmn 5)(zh 5)
           5  de              --/M      German             gmw/de
           2  en-gb           --/M      English_(Great_Britain) gmw/en          (en 2)
           2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
           5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)
           5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
           5  nb              --/M      Norwegian_Bokm\u00E5l  gmq/nb               (no 5)
           5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR           (pt 6)
           5  pt              --/M      Portuguese_(Portugal) roa/pt            (pt-pt 5)
           5  yue             --/M      Chinese_(Cantonese) sit/yue             (zh-yue 5)(zh 8)
           5  yue             --/M      Chinese_(Cantonese,_latin_as_Jyutping) sit/yue-J (zh 8)
          this line is something else
          """
              .lines());

  @ParameterizedTest
  @CsvSource({
    "zh,cmn", "zh-CN,cmn", "zh-yue,yue", "en,en-gb", "en-US,en-us", "en-AU,en-gb", "fr,fr-fr",
    "fr-CA,fr-fr", "fr-BE,fr-be", "no,nb", "nb-NO,nb", "pt,pt", "pt-PT,pt", "pt-BR,pt-br",
    "PT_br,pt-br", "de-CH-1996,de"
  })
  void findsTheNearestVoice(String tag, String voice) {
    assertThat(LIST.nearest(tag)).contains(voice);
  }

  @Test
  void usesAmericanEnglishWhenNothingIsSaid() {
    assertThat(LIST.nearest("")).contains("en-us");
  }

  @Test
  void findsNothingForAnUnknownLanguage() {
    assertThat(LIST.nearest("tlh")).isEmpty();
    assertThat(LIST.nearest("-")).isEmpty();
  }

  @Test
  void listsEachTagOnce() {
    assertThat(LIST.names()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void knowsVoicesByTheirShownNames() {
    assertThat(LIST.named("french (belgium)")).contains("fr-be");
    assertThat(LIST.named("french")).isEmpty();
  }
}
