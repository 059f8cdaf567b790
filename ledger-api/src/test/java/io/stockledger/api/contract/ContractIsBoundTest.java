package io.stockledger.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.stockledger.api.openapi.Examples;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.ProblemType;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.security.Permission;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.v1.Command;
import io.stockledger.v1.Options;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a .proto file states, something does, and nothing is done that no .proto file states. */
class ContractIsBoundTest {

    private static final List<ContractMethod> COMMANDS =
            Contract.methods().stream().filter(ContractMethod::isCommand).toList();

    @Test
    void every_command_of_the_contract_is_read_by_a_feature_and_every_feature_reads_only_those() {
        assertThat(CommandWires.all())
                .extracting(wire -> wire.empty().getDescriptorForType())
                .containsExactlyInAnyOrderElementsOf(COMMANDS.stream()
                        .map(method -> method.descriptor().getInputType())
                        .toList());
    }

    @Test
    void every_command_is_in_the_streams_envelope_under_its_own_name() {
        assertThat(Command.getDescriptor().getOneofs().get(0).getFields())
                .extracting(field -> field.getMessageType())
                .containsExactlyInAnyOrderElementsOf(COMMANDS.stream()
                        .map(method -> method.descriptor().getInputType())
                        .toList());
        assertThat(CommandWires.all())
                .allSatisfy(wire -> assertThat(Command.getDescriptor()
                                .findFieldByName(wire.name().replace('-', '_')))
                        .as(wire.name())
                        .isNotNull());
    }

    @Test
    void every_command_begins_with_its_document_its_try_and_its_occasion() {
        for (CommandWire<?> wire : CommandWires.all()) {
            List<FieldDescriptor> fields = wire.empty().getDescriptorForType().getFields();
            assertThat(fields.subList(0, 3))
                    .as(wire.name())
                    .extracting(FieldDescriptor::getName)
                    .containsExactly("document_id", "try_id", "occasion");
            assertThat(fields.subList(0, 3))
                    .extracting(FieldDescriptor::getNumber)
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void every_method_but_streams_names_a_permission_that_there_is_or_is_open() {
        assertThat(Contract.methods())
                .filteredOn(method -> !method.operation().getPermission().isEmpty())
                .allSatisfy(method -> assertThat(
                                Permission.ofCode(method.operation().getPermission()))
                        .as(method.fullName())
                        .isNotNull());
        assertThat(Contract.methods())
                .filteredOn(method -> method.operation().getPermission().isEmpty())
                .extracting(ContractMethod::name)
                .containsExactly("Execute", "Enrol");
    }

    @Test
    void every_refusal_that_a_method_names_is_in_the_catalogue_in_order_of_precedence() {
        List<String> catalogue =
                Refusals.types().values().stream().map(ProblemType::reason).toList();
        for (ContractMethod method : Contract.methods()) {
            List<String> named = new ArrayList<>(catalogue);
            named.retainAll(method.operation().getRefusalsList());
            assertThat(method.operation().getRefusalsList())
                    .as(method.fullName())
                    .isEqualTo(named);
        }
        assertThat(COMMANDS)
                .allSatisfy(method -> assertThat(method.operation().getRefusalsList())
                        .as(method.fullName())
                        .startsWith("ID_REUSED"));
    }

    @Test
    void every_failure_that_a_method_names_is_in_the_catalogue() {
        List<String> catalogue =
                Failures.types().stream().map(ProblemType::reason).toList();
        assertThat(Contract.methods())
                .allSatisfy(method -> assertThat(catalogue)
                        .as(method.fullName())
                        .containsAll(method.operation().getFailuresList()));
    }

    @Test
    void every_method_that_answers_once_has_a_route_and_every_command_examples() {
        assertThat(Contract.methods())
                .filteredOn(ContractMethod::isUnary)
                .allSatisfy(method ->
                        assertThat(method.routes()).as(method.fullName()).isNotEmpty());
        assertThat(COMMANDS)
                .allSatisfy(method -> assertThat(Examples.of(method).requests())
                        .as(method.fullName())
                        .isNotEmpty());
    }

    @Test
    void no_two_methods_share_a_name() {
        assertThat(Contract.methods()).extracting(ContractMethod::name).doesNotHaveDuplicates();
    }

    @Test
    void every_text_that_a_caller_sends_names_its_word_and_every_list_its_size() {
        List<String> mute = new ArrayList<>();
        Set<Descriptor> seen = new HashSet<>();
        Contract.methods().stream()
                .filter(ContractMethod::isUnary)
                .forEach(method -> collect(method.descriptor().getInputType(), seen, mute));
        assertThat(mute).isEmpty();
        assertThat(seen).hasSizeGreaterThan(25);
    }

    private static void collect(Descriptor message, Set<Descriptor> seen, List<String> mute) {
        if (!message.getFile().getPackage().equals("stockledger.v1") || !seen.add(message)) {
            return;
        }
        for (FieldDescriptor field : message.getFields()) {
            if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
                collect(field.getMessageType(), seen, mute);
            }
            boolean isText = field.getJavaType() == JavaType.STRING || field.isMapField();
            boolean wordless = (isText && field.getOptions().getExtension(Options.word) == Word.WORD_UNSPECIFIED)
                    || (field.isMapField() && field.getOptions().getExtension(Options.key) == Word.WORD_UNSPECIFIED);
            boolean endless = field.isRepeated() && field.getOptions().getExtension(Options.most) == 0;
            if (wordless || endless) {
                mute.add(field.getFullName());
            }
        }
    }

    @Test
    void a_route_that_the_door_could_not_serve_is_refused() {
        Descriptor message = ReserveStock.getDescriptor();
        for (HttpRule rule : List.of(
                HttpRule.newBuilder().setPost("/v1/x/{lines}").build(),
                HttpRule.newBuilder().setPost("/v1/x/{nothing}").build(),
                HttpRule.newBuilder().setPost("/v1/x").setBody("lines").build(),
                HttpRule.getDefaultInstance())) {
            assertThatThrownBy(() -> Route.of(rule, message))
                    .as(rule.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
        assertThat(Route.of(HttpRule.newBuilder().setGet("/v1/x/{location}/y").build(), message))
                .hasToString("GET /v1/x/{location}/y");
    }
}
