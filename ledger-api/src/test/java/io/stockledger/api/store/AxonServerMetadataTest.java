package io.stockledger.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.eventstore.FactSerializer;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.axonserver.connector.util.GrpcMetaDataConverter;
import org.junit.jupiter.api.Test;

/** Axon Server keeps a message's metadata value by value; a document's own are one value of several texts. */
class AxonServerMetadataTest {

    @Test
    void texts_by_their_keys_come_back_as_they_went() {
        GrpcMetaDataConverter converter = new GrpcMetaDataConverter(FactSerializer.create());
        Map<String, String> metadata = new HashMap<>(Map.of("cost-centre", "4200", "shift", "späte \"1\""));
        assertThat(converter.convertFromMetaDataValue(converter.convertToMetaDataValue(metadata)))
                .isEqualTo(metadata);
    }
}
