using Relocation.Testing.Specification.Changes;

namespace Relocation.Testing.PostgreSql.Tests.Changes;

public sealed class PostgreSqlChangesTests(PostgreSqlFixture fixture) : ChangesSpecification(fixture.UnderTest, """
    CREATE FUNCTION on_status() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO audit (note) VALUES (new."Status");
        UPDATE "Customers" SET "Shipments" = "Shipments" + 1 WHERE "Id" = new."CustomerId";
        RETURN NULL;
    END $$;
    CREATE TRIGGER on_status AFTER UPDATE OF "Status" ON "Orders" FOR EACH ROW WHEN (new."Status" <> old."Status") EXECUTE FUNCTION on_status();
    """);
