package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentKind;
import io.stockledger.v1.DocumentState;
import io.stockledger.v1.ListDocumentsRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentSearchTest {

    @ParameterizedTest
    @CsvSource({
        "ΟΔΟΣ 1,οδος",
        "ΟΔΟΣ 1,ΟΔΟΣ",
        "οδος,ΟΔΟΣ",
        "ΟΔΟΣ,οδοσ",
        "İstanbul,istanbul",
        "istanbul,İSTANBUL",
        "Straße,STRAẞE",
        "Ärger,ärGER",
    })
    void aTextIsFoundInCapitalsOrNot(String note, String text) {
        Document document = Document.newBuilder()
                .setState(DocumentState.DOCUMENT_STATE_COMPLETED)
                .setVersion(1)
                .setNote(note)
                .build();
        assertThat(search(ListDocumentsRequest.newBuilder().setText(text)).wants(document, 0))
                .isTrue();
    }

    @Test
    void whatCannotBeInTheStatesAskedForIsNotLookedAt() {
        assertThat(names(DocumentState.DOCUMENT_STATE_LIVING)).containsExactly("reservation-made");
        assertThat(names(DocumentState.DOCUMENT_STATE_RETURNED, DocumentState.DOCUMENT_STATE_LAPSED))
                .containsExactlyInAnyOrder("sale-recorded", "reservation-made");
        assertThat(names(DocumentState.DOCUMENT_STATE_COMPLETED))
                .doesNotContain("reservation-made")
                .contains("sale-recorded", "instruction-accepted");
        assertThat(names(DocumentState.DOCUMENT_STATE_REFUSED)).containsExactly("command-refused");
    }

    @Test
    void aStateThatNoneOfTheKindsCanBeInIsLookedForInNothing() {
        ListDocumentsRequest.Builder heldOrders = ListDocumentsRequest.newBuilder()
                .addKinds(DocumentKind.DOCUMENT_KIND_ORDER)
                .addStates(DocumentState.DOCUMENT_STATE_LIVING);
        Document order = Document.newBuilder()
                .setKind(DocumentKind.DOCUMENT_KIND_ORDER)
                .setState(DocumentState.DOCUMENT_STATE_COMPLETED)
                .build();
        assertThat(search(heldOrders).wants(order, 0)).isFalse();
        assertThat(search(heldOrders).question().names()).containsExactly("sale-recorded");
    }

    private static Iterable<String> names(DocumentState... states) {
        ListDocumentsRequest.Builder request = ListDocumentsRequest.newBuilder();
        for (DocumentState state : states) {
            request.addStates(state);
        }
        return search(request).question().names();
    }

    private static DocumentSearch search(ListDocumentsRequest.Builder request) {
        return DocumentSearch.of(request.build());
    }
}
