package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionTest {

    @Test
    void the_page_shows_the_table_that_is_enforced() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            StringBuilder row = new StringBuilder("| `" + permission.code() + "` |");
            for (Role role : Role.values()) {
                row.append(permission.roles().contains(role) ? " x |" : "  |");
            }
            expected.add(row.toString());
        }
        assertThat(Files.readAllLines(Path.of("../docs/security.md")).stream().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void every_command_has_its_permission() {
        assertThat(CommandWires.all())
                .allSatisfy(wire -> assertThat(permission(wire).roles()).contains(Role.ADMIN));
    }

    /** As docs/devices.md lists the modes: receive, sell, return, count, transfer, look up. */
    @Test
    void a_device_may_do_what_each_of_its_modes_needs() {
        assertThat(List.of(
                        Permission.RECEIVE_GOODS,
                        Permission.RECORD_SALE,
                        Permission.HAND_OVER_GOODS,
                        Permission.PROCESS_RETURN,
                        Permission.RETURN_BLIND,
                        Permission.RECORD_COUNT,
                        Permission.TRANSFER_STOCK,
                        Permission.READ_CATALOG,
                        Permission.READ_AVAILABILITY))
                .allSatisfy(permission -> assertThat(permission.roles()).contains(Role.DEVICE));
    }

    @Test
    void an_auditor_changes_nothing() {
        for (var wire : CommandWires.all()) {
            assertThat(permission(wire).roles()).doesNotContain(Role.AUDITOR);
        }
        assertThat(Permission.OPERATE_VIEWS.roles()).containsExactly(Role.ADMIN);
        assertThat(Permission.MANAGE_API_KEYS.roles()).containsExactly(Role.ADMIN);
        assertThat(Permission.RETURN_BLIND.roles())
                .containsExactlyInAnyOrder(Role.STOCK_CONTROLLER, Role.DEVICE, Role.ADMIN);
        assertThat(Permission.HAND_OVER_GOODS.roles()).containsExactlyInAnyOrder(Role.POS, Role.DEVICE, Role.ADMIN);
    }

    private static Permission permission(CommandWire<?> wire) {
        return Permission.ofCode(Contract.ofCommand(wire.empty().getDescriptorForType())
                .operation()
                .getPermission());
    }
}
