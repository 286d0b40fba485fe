using System.Data.Common;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Sentry's tables are really there, with everything that the model says of them.</summary>
public abstract class SentrySchemaSpecification
{
    private static readonly (string Label, string First, string? Second)[] Accepted =
    [
        ("sentry.savedsearch", "visibility='owner' organization=1 owner_id=1 type=0", "visibility='owner' organization=1 owner_id=1 type=0"),
        ("sentry.savedsearch", "is_global=false name='n'", "is_global=false name='n'"),
        ("sentry.savedsearch", "is_global=true name='n'", "is_global=true name='m'"),
        ("sentry.savedsearch", "visibility='owner_pinned' organization=1 owner_id=1 type=0", "visibility='owner_pinned' organization=1 owner_id=1 type=1"),
        ("sentry.rulesnooze", "rule=1 user_id=1", "rule=1 user_id=2"),
        ("sentry.rulesnooze", "rule=1", "rule=1 user_id=2"),
        ("sentry.rulesnooze", "alert_rule=1", "alert_rule=2"),
        ("sentry.useroption", "user=1 key='k'", "user=1 key='k'"),
        ("sentry.organizationmember", "organization=1 email='a'", "organization=1 email='b'"),
        ("sentry.monitor", "owner_user_id=1", "owner_team_id=1 slug='other'"),
        ("sentry.email", "email='a@x'", "email='b@x'"),
    ];

    private static readonly (string Label, string First, string? Second)[] Refused =
    [
        ("sentry.savedsearch", "is_global=true name='n'", "is_global=true name='n'"),
        ("sentry.savedsearch", "visibility='owner_pinned' organization=1 owner_id=1 type=0", "visibility='owner_pinned' organization=1 owner_id=1 type=0"),
        ("sentry.rulesnooze", "rule=1", "rule=1"),
        ("sentry.rulesnooze", "alert_rule=1", "alert_rule=1"),
        ("sentry.rulesnooze", "rule=1 user_id=1", "rule=1 user_id=1"),
        ("sentry.rulesnooze", "rule=1 alert_rule=1", null),
        ("sentry.rulesnooze", "user_id=1", null),
        ("sentry.monitor", "owner_user_id=1 owner_team_id=1", null),
        ("sentry.rule", "owner_user_id=1 owner_team=1", null),
        ("sentry.dashboardwidget", "order=-1", null),
        ("sentry.user", "username=NULL", null),
        ("sentry.email", "email='a@x'", "email='A@X'"),
        ("sentry.organization", "slug='s'", "slug='s'"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The engine under test.</summary>
    protected abstract DatabaseEngine Engine { get; }

    /// <summary>Rows of table, column, and whether it takes null.</summary>
    protected abstract string ColumnsQuery { get; }

    /// <summary>Rows of table, column, table referred to, column referred to, action on delete; all keys have one column.</summary>
    protected abstract string ForeignKeysQuery { get; }

    /// <summary>Rows of table, columns joined by commas, and whether the set is limited by a condition; without primary keys.</summary>
    protected abstract string UniquesQuery { get; }

    /// <summary>Rows of table and name of a check, or of table and a text in which the name stands in double quotes.</summary>
    protected abstract string ChecksQuery { get; }

    /// <summary>Opens a database of its own without tables; it is gone when the connection is closed.</summary>
    protected abstract Task<DbConnection> OpenEmptyDatabaseAsync();

    [Theory]
    [InlineData("head", 91)]
    [InlineData("24.8.0", 91)]
    [InlineData("24.7.0", 90)]
    [InlineData("24.6.0", 89)]
    [InlineData("24.5.1", 88)]
    [InlineData("24.4.2", 85)]
    [InlineData("24.2.0", 82)]
    [InlineData("24.1.2", 82)]
    [InlineData("23.12.0", 82)]
    [InlineData("23.11.1", 81)]
    [InlineData("23.10.0", 80)]
    [InlineData("23.9.1", 80)]
    public async Task Database_has_the_columns_foreign_keys_unique_sets_and_checks_of_the_model(string version, int foreignKeys)
    {
        var model = SentryModel.Create(Engine, version);
        await using var connection = await CreateAsync(model);

        Assert.Equal(Sorted(model, Columns), await ReadAsync(connection, ColumnsQuery));
        Assert.Equal(Sorted(model, entity => ForeignKeys(entity, model)), await ReadAsync(connection, ForeignKeysQuery));
        Assert.Equal(foreignKeys, model.Entities.Sum(entity => ForeignKeys(entity, model).Count()));
        Assert.Equal(Sorted(model, Uniques), await ReadAsync(connection, UniquesQuery));
        var checks = await ReadAsync(connection, ChecksQuery);
        Assert.All(model.Entities, entity => Assert.All(entity.Checks.Keys, name => Assert.Contains(
            checks,
            row => row.StartsWith($"{entity.Table} ", StringComparison.Ordinal)
                && (row.EndsWith($" {SchemaNames.Fitted(name)}", StringComparison.Ordinal)
                    || row.Contains($"CONSTRAINT \"{SchemaNames.Fitted(name)}\" CHECK (", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Organization_fixture_keeps_every_constraint()
    {
        var model = SentryModel.Create(Engine, "24.7.0");
        await using var connection = await CreateAsync(model);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        foreach (var statement in FixtureRows.Read("organization.json", model, Engine))
        {
            await RunAsync(transaction, statement);
        }

        await transaction.CommitAsync(Cancellation);
    }

    [Fact]
    public async Task Rows_are_accepted_when_no_unique_set_covers_both()
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);
        foreach (var (label, first, second) in Accepted)
        {
            await InsertAndRollBackAsync(connection, model, label, first, second);
        }
    }

    [Fact]
    public async Task A_row_is_refused_when_a_unique_set_a_check_or_not_null_says_so()
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);
        foreach (var (label, first, second) in Refused)
        {
            var refusal = await Record.ExceptionAsync(() => InsertAndRollBackAsync(connection, model, label, first, second));
            Assert.True(refusal is DbException, $"{label} ({first}), ({second}): {refusal?.Message ?? "accepted"}");
        }
    }

    [Fact]
    public async Task A_reference_that_leads_nowhere_is_refused_at_the_commit_and_not_before()
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await InsertAsync(transaction, model, "sentry.team", "organization=77");

        await Assert.ThrowsAnyAsync<DbException>(() => transaction.CommitAsync(Cancellation));
    }

    [Fact]
    public async Task A_reference_to_a_model_that_backups_never_hold_is_not_enforced()
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await InsertAsync(transaction, model, "sentry.organization", "slug='s'");
        await InsertAsync(transaction, model, "sentry.alertrule", "organization=1");
        await InsertAsync(transaction, model, "sentry.incident", "organization=1 alert_rule=1 activation=99");

        await transaction.CommitAsync(Cancellation);
    }

    [Fact]
    public async Task Views_can_swap_their_positions_within_a_transaction()
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await InsertAsync(transaction, model, "sentry.organization", "slug='s'");
        await InsertAsync(transaction, model, "sentry.groupsearchview", "organization=1 user_id=1 position=0");
        await InsertAsync(transaction, model, "sentry.groupsearchview", "organization=1 user_id=1 position=1");
        await RunAsync(transaction, "UPDATE sentry_groupsearchview SET position = 1 WHERE id = 1");
        await RunAsync(transaction, "UPDATE sentry_groupsearchview SET position = 0 WHERE id = 2");

        await transaction.CommitAsync(Cancellation);
    }

    private static IEnumerable<string> Columns(RelocationEntity entity) => entity.Key.Fields.Concat(entity.Fields)
        .Select(field => $"{entity.Table} {field.Column} {(field.IsNullable ? 1 : 0)}");

    private static IEnumerable<string> ForeignKeys(RelocationEntity entity, RelocationModel model) => entity.References
        .Where(reference => reference.HasConstraint)
        .Select(reference => $"{entity.Table} {entity.FindField(reference.Name)!.Column} {model.Find(reference.Target)!.Table} id {reference.OnDelete}");

    private IEnumerable<string> Uniques(RelocationEntity entity) => entity.Uniques
        .Where(unique => !unique.IsDeferrable || Engine.Schema.DefersUniques)
        .Select(unique => $"{entity.Table} {string.Join(',', unique.Fields.Select(name => entity.FindField(name)!.Column))} "
            + $"{(unique.Condition is null ? 0 : 1)}");

    private static IEnumerable<string> Sorted(RelocationModel model, Func<RelocationEntity, IEnumerable<string>> lines) =>
        model.Entities.SelectMany(lines).Order(StringComparer.Ordinal);

    private async Task<DbConnection> CreateAsync(RelocationModel model)
    {
        var connection = await OpenEmptyDatabaseAsync();
        await ModelSchema.CreateAsync(connection, model, Engine, Cancellation);
        return connection;
    }

    private async Task InsertAndRollBackAsync(DbConnection connection, RelocationModel model, string label, string first, string? second)
    {
        // References are checked at the commit only, so rows for unique sets and checks need no rows that they refer to.
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await InsertAsync(transaction, model, label, first);
        if (second is not null)
        {
            await InsertAsync(transaction, model, label, second);
        }
    }

    private async Task InsertAsync(DbTransaction transaction, RelocationModel model, string label, string values)
    {
        var entity = model.Find(ModelLabel.Parse(label))!;
        var row = entity.Fields.Where(field => !field.IsNullable).ToDictionary(field => field.Name, Sample);
        foreach (var value in values.Split(' '))
        {
            var (name, literal) = (value[..value.IndexOf('=')], value[(value.IndexOf('=') + 1)..]);
            Assert.NotNull(entity.FindField(name));
            row[name] = literal;
        }

        var columns = string.Join(", ", row.Keys.Select(name => Engine.Quote(entity.FindField(name)!.Column)));
        await RunAsync(transaction, $"INSERT INTO {Engine.Quote(entity.Table)} ({columns}) VALUES ({string.Join(", ", row.Values)})");
    }

    private static string Sample(RelocationField field) => field.Type switch
    {
        FieldType.Integer or FieldType.Real => "0",
        FieldType.Boolean => "false",
        FieldType.Instant => "'2024-07-15T00:00:00Z'",
        FieldType.Guid => $"'{Guid.NewGuid()}'",
        FieldType.Json => "'{}'",
        FieldType.Text => "'x'",
        _ => throw new InvalidOperationException($"No sample for {field.Type}."),
    };

    private static async Task RunAsync(DbTransaction transaction, string statement)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            var row = Enumerable.Range(0, reader.FieldCount)
                .Select(index => Convert.ToString(reader.GetValue(index), System.Globalization.CultureInfo.InvariantCulture));
            rows.Add(string.Join(' ', row));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
