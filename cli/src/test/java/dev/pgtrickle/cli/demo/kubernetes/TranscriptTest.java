package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranscriptTest {

  @Test
  void aCommandCanBePastedIntoAShell() {
    assertThat(Transcript.line("get", "streamtables", "-o", "wide"))
        .isEqualTo("get streamtables -o wide");
    assertThat(Transcript.line("wait", "--for=jsonpath={.status.state}=Succeeded", "two words"))
        .isEqualTo("wait '--for=jsonpath={.status.state}=Succeeded' 'two words'");
  }
}
