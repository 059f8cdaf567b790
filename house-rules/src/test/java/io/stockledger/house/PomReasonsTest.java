package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PomReasonsTest {

    @Test
    void everyDependencyPluginAndPinHasItsReason() {
        List<Path> poms = Repository.files(Repository.root(), "pom.xml");

        assertThat(poms).hasSizeGreaterThan(8);
        assertThat(poms.stream().flatMap(pom -> PomReasons.missing(pom.toString(), Repository.text(pom)).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<dependencies><dependency><artifactId>a</artifactId></dependency></dependencies>",
                // A reason belongs to one alone.
                "<dependencies><!-- why --><dependency><version>${b.version}</version></dependency>"
                        + "<dependency><artifactId>a</artifactId></dependency></dependencies>",
                "<dependencies><!-- --><dependency><artifactId>a</artifactId></dependency></dependencies>",
                "<dependencies><!-- why --><dependency><version>1.0</version></dependency></dependencies>",
                "<dependencies><!-- why --><dependency><exclusions><exclusion/></exclusions></dependency></dependencies>",
                "<dependencyManagement><dependencies><dependency><version>1.0</version></dependency></dependencies>"
                        + "</dependencyManagement>",
                "<build><plugins><plugin><artifactId>a</artifactId></plugin></plugins></build>",
                "<properties><!-- why --><a.version>1.0</a.version><b.version>1.0</b.version></properties>",
            })
    void whatHasNoReasonIsReported(String part) {
        assertThat(PomReasons.missing("pom.xml", "<project>" + part + "</project>"))
                .hasSize(1)
                .allMatch(message -> message.startsWith("pom.xml: ") && message.contains("(expected: "));
    }

    @Test
    void aReasonIsGivenOnce() {
        assertThat(PomReasons.missing("pom.xml", """
                <project>
                  <properties>
                    <!-- why -->
                    <a.version>1.0</a.version>
                  </properties>
                  <dependencyManagement><dependencies><dependency>
                    <artifactId>a</artifactId><version>${a.version}</version>
                  </dependency></dependencies></dependencyManagement>
                  <build>
                    <pluginManagement><plugins>
                      <!-- why -->
                      <plugin><artifactId>p</artifactId></plugin>
                    </plugins></pluginManagement>
                    <plugins><plugin><artifactId>p</artifactId></plugin></plugins>
                  </build>
                </project>
                """)).isEmpty();
    }
}
