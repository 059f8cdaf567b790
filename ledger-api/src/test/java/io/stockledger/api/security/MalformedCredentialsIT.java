package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ListFactsRequest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials that are none are refused alike on every route and on both wires, whatever is wrong with the header. */
class MalformedCredentialsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer | No bearer token",
                "Basic YWRtaW46eA== | No bearer token",
                "slk_abc | No bearer token",
                "Bearer a b | unknown",
                "Bearer ,,, | unknown",
                "Bearer \"slk_a\" | unknown",
                "bearer slk_ | unknown",
                "Bearer slk_x_y | unknown",
                "BEARER e30.e30.e30 | unknown",
                "Bearer slk_!!!!! | unknown",
            })
    void a_header_that_is_wrong_is_told_the_same_everywhere(String header, String told) {
        Map<String, Object> first = refused("/v1/history", header);
        for (String path : new String[] {"/v1/views", "/v1/api-keys", "/v1/nothing", "/openapi.json", "/v1/sales"}) {
            assertThat(refused(path, header)).as(path).isEqualTo(first);
        }
        assertThat(String.valueOf(first.get("detail"))).contains(told);

        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        ClientInterceptors.intercept(
                                SERVICE.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata)),
                        HistoryGrpc.getListFactsMethod(),
                        CallOptions.DEFAULT,
                        ListFactsRequest.getDefaultInstance()))
                .satisfies(failure -> {
                    Status status = StatusProto.fromThrowable(failure);
                    assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason())
                            .isEqualTo("UNAUTHENTICATED");
                    assertThat(status.getMessage()).contains(told);
                });
    }

    /** Body and headers, without what is of this answer alone. */
    private static Map<String, Object> refused(String path, String header) {
        Answer answer = SERVICE.send(SERVICE.request(path, null)
                .header("Authorization", header)
                .GET()
                .build());
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        Map<String, Object> all = new TreeMap<>(answer.headers().map());
        all.remove("date");
        all.remove("x-request-id");
        // Other sites may call the API, and it alone.
        all.remove("vary");
        answer.json()
                .propertyStream()
                .forEach(member -> all.put(member.getKey(), member.getValue().asString("")));
        all.remove("requestId");
        all.remove("content-length");
        return all;
    }
}
