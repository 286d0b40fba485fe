namespace Relocation.Testing.Sqlite.Tests.Changes;

/// <summary>What a new status of an order does.</summary>
internal static class SqliteTriggers
{
    internal const string OnStatus = """
        CREATE TRIGGER on_status AFTER UPDATE OF "Status" ON "Orders" WHEN new."Status" <> old."Status" BEGIN
            INSERT INTO audit (note) VALUES (new."Status");
            UPDATE "Customers" SET "Shipments" = "Shipments" + 1 WHERE "Id" = new."CustomerId";
        END;
        """;
}
