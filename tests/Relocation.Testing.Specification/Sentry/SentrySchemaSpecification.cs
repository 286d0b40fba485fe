using System.Data.Common;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Specification.Sentry;

/// <summary>Sentry's tables are really there, with everything that the model says of them.</summary>
public abstract class SentrySchemaSpecification
{
    public static TheoryData<string> Versions => [.. SentryModel.Versions];

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
    [MemberData(nameof(Versions))]
    public async Task Columns_are_those_of_the_model(string version)
    {
        var model = SentryModel.Create(Engine, version);
        await using var connection = await CreateAsync(model);

        var expected = model.Entities.SelectMany(entity => entity.Key.Fields.Concat(entity.Fields)
            .Select(field => $"{entity.Table} {field.Column} {(field.IsNullable ? 1 : 0)}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), await ReadAsync(connection, ColumnsQuery));
    }

    [Theory]
    [InlineData("head", 91)]
    [InlineData("24.7.0", 90)]
    public async Task Foreign_keys_are_those_that_the_application_has(string version, int count)
    {
        var model = SentryModel.Create(Engine, version);
        await using var connection = await CreateAsync(model);

        var expected = model.Entities
            .SelectMany(entity => entity.References.Where(reference => reference.HasConstraint)
                .Select(reference => $"{entity.Table} {entity.FindField(reference.Name)!.Column} "
                    + $"{model.Find(reference.Target)!.Table} id {reference.OnDelete}"));
        var found = await ReadAsync(connection, ForeignKeysQuery);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found);
        Assert.Equal(count, found.Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Unique_sets_are_those_of_the_model_with_their_conditions(string version)
    {
        var model = SentryModel.Create(Engine, version);
        await using var connection = await CreateAsync(model);

        var expected = model.Entities.SelectMany(entity => entity.Uniques
            .Where(unique => !unique.IsDeferrable || Engine.Schema.DefersUniques)
            .Select(unique => $"{entity.Table} {string.Join(',', unique.Fields.Select(name => entity.FindField(name)!.Column))} "
                + $"{(unique.Condition is null ? 0 : 1)}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), await ReadAsync(connection, UniquesQuery));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Checks_are_those_of_the_model(string version)
    {
        var model = SentryModel.Create(Engine, version);
        await using var connection = await CreateAsync(model);

        var found = await ReadAsync(connection, ChecksQuery);
        var names = model.Entities.SelectMany(entity => entity.Checks.Keys.Select(name => (entity.Table, Name: SchemaNames.Fitted(name))));
        Assert.All(names, check => Assert.Contains(
            found,
            row => row.StartsWith($"{check.Table} ", StringComparison.Ordinal)
                && (row.EndsWith($" {check.Name}", StringComparison.Ordinal)
                    || row.Contains($"CONSTRAINT \"{check.Name}\" CHECK (", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("sentry.savedsearch", "visibility='owner' organization=1 owner_id=1 type=0", "visibility='owner' organization=1 owner_id=1 type=0")]
    [InlineData("sentry.savedsearch", "is_global=false name='n'", "is_global=false name='n'")]
    [InlineData("sentry.savedsearch", "is_global=true name='n'", "is_global=true name='m'")]
    [InlineData("sentry.savedsearch", "visibility='owner_pinned' organization=1 owner_id=1 type=0", "visibility='owner_pinned' organization=1 owner_id=1 type=1")]
    [InlineData("sentry.rulesnooze", "rule=1 user_id=1", "rule=1 user_id=2")]
    [InlineData("sentry.rulesnooze", "rule=1", "rule=1 user_id=2")]
    [InlineData("sentry.rulesnooze", "alert_rule=1", "alert_rule=2")]
    [InlineData("sentry.useroption", "user=1 key='k'", "user=1 key='k'")]
    [InlineData("sentry.organizationmember", "organization=1 email='a'", "organization=1 email='b'")]
    [InlineData("sentry.monitor", "owner_user_id=1", "owner_team_id=1 slug='other'")]
    [InlineData("sentry.email", "email='a@x'", "email='b@x'")]
    public async Task Rows_are_accepted_when_no_unique_set_covers_both(string label, string first, string second)
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);

        await InsertAndRollBackAsync(connection, model, label, first, second);
    }

    [Theory]
    [InlineData("sentry.savedsearch", "is_global=true name='n'", "is_global=true name='n'")]
    [InlineData("sentry.savedsearch", "visibility='owner_pinned' organization=1 owner_id=1 type=0", "visibility='owner_pinned' organization=1 owner_id=1 type=0")]
    [InlineData("sentry.rulesnooze", "rule=1", "rule=1")]
    [InlineData("sentry.rulesnooze", "alert_rule=1", "alert_rule=1")]
    [InlineData("sentry.rulesnooze", "rule=1 user_id=1", "rule=1 user_id=1")]
    [InlineData("sentry.rulesnooze", "rule=1 alert_rule=1", null)]
    [InlineData("sentry.rulesnooze", "user_id=1", null)]
    [InlineData("sentry.monitor", "owner_user_id=1 owner_team_id=1", null)]
    [InlineData("sentry.rule", "owner_user_id=1 owner_team=1", null)]
    [InlineData("sentry.dashboardwidget", "order=-1", null)]
    [InlineData("sentry.user", "username=NULL", null)]
    [InlineData("sentry.email", "email='a@x'", "email='A@X'")]
    [InlineData("sentry.organization", "slug='s'", "slug='s'")]
    public async Task A_row_is_refused_when_a_unique_set_a_check_or_not_null_says_so(string label, string first, string? second)
    {
        var model = SentryModel.Create(Engine);
        await using var connection = await CreateAsync(model);

        await Assert.ThrowsAnyAsync<DbException>(() => InsertAndRollBackAsync(connection, model, label, first, second));
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
