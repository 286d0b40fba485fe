using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

/// <summary>The tables of relocations have upstream's columns (docs/tasks.md, Tables), and beside them those that the docs name.</summary>
public sealed class TaskTableTests
{
    private static readonly RelocationModel Model = SentryModel.Create(SqliteEngine.Instance, SentryTables.Import | SentryTables.Tasks);

    [Theory]
    [InlineData(
        "sentry_relocation",
        "creator_id bigint, owner_id bigint, uuid uuid, step smallint, provenance smallint, status smallint, scheduled_pause_at_step smallint?, "
        + "scheduled_cancel_at_step smallint?, want_org_slugs jsonb, want_usernames jsonb?, latest_notified smallint?, "
        + "latest_unclaimed_emails_sent_at timestamp with time zone?, latest_task varchar(64), latest_task_attempts smallint, failure_reason varchar(256)?, "
        + "is_latest_task_done boolean, lease_owner varchar(128)?, lease_expires_at timestamp with time zone?",
        "uuid",
        2)]
    [InlineData("sentry_relocationfile", "relocation_id bigint, file_key varchar(255), file_size bigint, kind smallint", "relocation,file; relocation,kind", 0)]
    [InlineData("sentry_relocationvalidation", "relocation_id bigint, status smallint, attempts smallint", "", 0)]
    [InlineData(
        "sentry_relocationvalidationattempt", "relocation_id bigint, relocation_validation_id bigint, status smallint, build_id uuid", "build_id", 0)]
    [InlineData(
        "sentry_relocationmessage", "relocation_id bigint, kind smallint, user_id bigint, content text, sent_at timestamp with time zone?",
        "relocation,kind,user_id", 0)]
    public void Tables_have_the_columns_that_are_documented(string table, string columns, string uniques, int checks)
    {
        using var resource = typeof(SentryModel).Assembly.GetManifestResourceStream("tasks.tables")!;
        using var document = System.Text.Json.JsonDocument.Parse(resource);
        var types = document.RootElement.GetProperty("models").EnumerateObject().Single(model => model.Value.GetProperty("table").GetString() == table)
            .Value.GetProperty("fields").EnumerateObject()
            .ToDictionary(
                field => field.Value.TryGetProperty("column", out var column) ? column.GetString()! : field.Name, field => field.Value.GetProperty("type").GetString()!);
        var entity = Model.Entities.Single(entity => entity.Table == table);

        var found = entity.Fields.Select(field => $"{field.Column} {types[field.Column]}{(field.IsNullable ? "?" : string.Empty)}");

        Assert.Equal(
            ["date_updated timestamp with time zone", "date_added timestamp with time zone?", .. columns.Split(", ")], found);
        Assert.Equal(uniques, string.Join("; ", entity.Uniques.Select(unique => string.Join(',', unique.Fields))));
        Assert.Equal(checks, entity.Checks.Count);
        Assert.Equal(["Excluded"], entity.Scopes);
        Assert.Equal(["Region"], entity.Silos);
    }

    [Fact]
    public void Relocations_come_after_users_whom_no_constraint_names()
    {
        var order = ImportPlan.For(Model).Models.Select(planned => planned.Entity.Label.Value).ToList();

        Assert.True(order.IndexOf("sentry.relocation") > order.IndexOf("sentry.user"));
        Assert.DoesNotContain(Model.Entities.Single(entity => entity.Table == "sentry_relocation").References, reference => reference.HasConstraint);
    }
}
