using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing;

/// <summary>One import as rules see it: its connection, its records' new keys, its seed and its clock.</summary>
public sealed class ImportSession
{
    private readonly KeyTables _tables;
    private readonly GeneratedValues _generated;
    private readonly LayoutSet _layouts;
    private readonly ImportTransaction _transaction;
    private readonly Dictionary<Type, object> _states = [];
    private (ModelLabel Model, KeyTable? Table)? _lastAsked;

    internal ImportSession(
        RelocationModel model, DatabaseEngine engine, ImportOptions options, KeyTables tables, GeneratedValues generated, ImportTransaction transaction)
    {
        Model = model;
        Engine = engine;
        Options = options;
        _tables = tables;
        _generated = generated;
        _layouts = LayoutSet.Of(model);
        _transaction = transaction;
        Values = new SeededValues(generated);
    }

    /// <summary>The model that is imported, with what the options change of it.</summary>
    public RelocationModel Model { get; }

    /// <summary>The kind of database.</summary>
    public DatabaseEngine Engine { get; }

    /// <summary>The import's options.</summary>
    public ImportOptions Options { get; }

    /// <summary>The moment of the import; one for all its records.</summary>
    public DateTimeOffset Now => _generated.Now;

    /// <summary>Values made from the import's seed.</summary>
    public SeededValues Values { get; }

    /// <summary>Something that a rule keeps for this import, made when it is first asked for.</summary>
    /// <typeparam name="T">The rule's own type; there is one of each type.</typeparam>
    public T State<T>()
        where T : class, new()
    {
        if (!_states.TryGetValue(typeof(T), out var state))
        {
            state = new T();
            _states.Add(typeof(T), state);
        }

        return (T)state;
    }

    /// <summary>
    /// A command on the import's connection and in its transaction, for what rules read and write beside the records. Values are given as
    /// parameters; names are quoted with <see cref="Quote"/>.
    /// </summary>
    /// <param name="sql">The command's text.</param>
    public DbCommand CreateCommand(string sql)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return _transaction.CreateCommand(sql);
    }

    /// <summary>
    /// Has the key counter of a model's table take part in the import's transaction, before a rule adds rows to the table: the keys that they
    /// get are given out again when the import fails. On SQLite that is always so; on PostgreSQL only where the role owns the counter.
    /// </summary>
    /// <param name="model">The model's label.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public Task HoldCounterAsync(ModelLabel model, CancellationToken cancellationToken) =>
        _transaction.HoldCounterAsync(_layouts.TableOf(EntityOf(model)), cancellationToken);

    /// <summary>
    /// Writes rows that no record stands for, the way records' rows are written: thousands in one statement or a few. Not for
    /// <see cref="RecordRule.DecideAsync"/>.
    /// </summary>
    /// <param name="model">The model whose table gets the rows.</param>
    /// <param name="fields">The fields that the rows have values for; the database gives the others their defaults, and keys.</param>
    /// <param name="rows">For each row the values in the order of the fields, of the .NET types that <see cref="RelocationField.Convert"/> lists.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="ArgumentException">There is no such model or field, or a value does not fit its field.</exception>
    public async Task InsertRowsAsync(
        ModelLabel model, IReadOnlyList<string> fields, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(rows);
        var entity = EntityOf(model);
        var table = _layouts.TableOf(entity);
        RelocationField[] columns = [.. fields.Select(name => entity.WrittenFields.FirstOrDefault(field => field.Name == name)
            ?? throw RuleErrors.FieldNotWritten(entity, name))];
        using var enumerator = rows.GetEnumerator();
        if (!enumerator.MoveNext())
        {
            return;
        }

        await _transaction.HoldCounterAsync(table, cancellationToken).ConfigureAwait(false);
        var writer = await _transaction.OpenWriterAsync(table, columns, cancellationToken).ConfigureAwait(false);
        await using var closing = writer.ConfigureAwait(false);
        using var batch = new RowBatch(columns, writer.BatchCapacity);
        do
        {
            Add(entity, enumerator.Current, batch);
            if (batch.IsFull)
            {
                await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
            }
        }
        while (enumerator.MoveNext());
        await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A name quoted as the database quotes names.</summary>
    /// <param name="identifier">The name of a table or column.</param>
    public string Quote(string identifier) => Engine.Quote(identifier);

    /// <summary>
    /// What became of a record, as far as it is decided; null when neither the backup nor <see cref="ImportOptions.KnownKeys"/> holds it, or
    /// when it is not imported.
    /// </summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key in the backup.</param>
    public KeyMapping? Find(ModelLabel model, RecordKey key) =>
        ToldTableOf(model) is not { } table ? null
        : table.TryFind(key, out var rank) ? _tables.MappingOf(table, rank)
        : table.KnownMapping(key);

    /// <summary>What became of all records of a model that are imported, in the order of the backup.</summary>
    /// <param name="model">The model's label.</param>
    public IEnumerable<KeyMapping> All(ModelLabel model) =>
        ToldTableOf(model) is { } table
            ? Enumerable.Range(0, table.Count).Select(rank => _tables.MappingOf(table, rank)).OfType<KeyMapping>()
            : [];

    /// <summary>How many records of a model the backup holds, whatever becomes of them.</summary>
    /// <param name="model">The model's label.</param>
    public int Count(ModelLabel model) => TableOf(model)?.Count ?? 0;

    /// <summary>What became of the record at a position; null when it is not imported.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="ordinal">The record's position among its model's records in the backup, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The backup has no such record.</exception>
    public KeyMapping? At(ModelLabel model, int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ordinal, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ordinal, Count(model));
        return _tables.MappingOf(ToldTableOf(model)!, ordinal - 1);
    }

    /// <summary>
    /// Deletes all rows of all models and starts their key counters again, within the import's transaction. To be called before the first
    /// row is written.
    /// </summary>
    /// <param name="dangerouslyAllowAnyDatabaseName">Whether to do so though nothing shows that the database is a test database.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="UnsafeDatabaseException">Nothing shows that the database is a test database.</exception>
    /// <exception cref="RelocationException">The database refuses, as rows that are not of the model's need some that are.</exception>
    public async Task ClearAsync(bool dangerouslyAllowAnyDatabaseName, CancellationToken cancellationToken)
    {
        var command = CreateCommand("SELECT 1");
        await using (command.ConfigureAwait(false))
        {
            await TestDatabaseGuard.CheckAsync(Engine, command.Connection!, dangerouslyAllowAnyDatabaseName, cancellationToken)
                .ConfigureAwait(false);
        }

        await _transaction.ClearAsync(_layouts.AllTables(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds, in one query, rows by the values of some of their columns.</summary>
    /// <param name="model">The rows' model.</param>
    /// <param name="fields">The fields to compare; a unique set, as at most one row is found for each list of values.</param>
    /// <param name="values">The values to look for, each a list in the order of the fields, of the types of
    /// <see cref="RelocationField.Convert"/>; references as keys of the database.</param>
    /// <param name="ignoreCase">Whether letters that differ in case only are the same. Default: as the column compares.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <returns>For each list the row's key, or null when there is none or a value is null.</returns>
    /// <exception cref="ArgumentException">There is no such model or field, or a value does not fit.</exception>
    public Task<IReadOnlyList<RecordKey?>> FindRowsAsync(
        ModelLabel model,
        IReadOnlyList<string> fields,
        IReadOnlyList<IReadOnlyList<object?>> values,
        bool ignoreCase,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(values);
        return FindRowsAsync(
            EntityOf(model),
            fields,
            values.Count,
            (index, field) => values[index][field],
            ignoreCase,
            cancellationToken);
    }

    /// <summary>The same for values that are asked for one by one, by the number of the list and the position of the field.</summary>
    internal async Task<IReadOnlyList<RecordKey?>> FindRowsAsync(
        RelocationEntity entity,
        IReadOnlyList<string> fields,
        int count,
        Func<int, int, object?> valueOf,
        bool ignoreCase,
        CancellationToken cancellationToken)
    {
        var lookup = new RowLookup(
            _layouts.TableOf(entity), [.. fields.Select(name => entity.FindField(name) ?? throw RuleErrors.FieldNotNamed(entity, name))])
        {
            IgnoresCase = ignoreCase,
        };
        var found = new RecordKey?[count];
        foreach (var (index, key) in await RowSearch.FindAsync(_transaction, lookup, count, valueOf, cancellationToken).ConfigureAwait(false))
        {
            found[index] = key ?? found[index];
        }

        return found;
    }

    private RelocationEntity EntityOf(ModelLabel model) => Model.Find(model) ?? throw RuleErrors.UnknownLabel(model, Model.Name);

    /// <summary>The records of a model, for a rule that may keep their new keys.</summary>
    private KeyTable? ToldTableOf(ModelLabel model)
    {
        var table = TableOf(model);
        if (table is not null)
        {
            _tables.Tell(table);
        }

        return table;
    }

    /// <summary>Rules mostly ask about one model many times.</summary>
    private KeyTable? TableOf(ModelLabel model)
    {
        if (_lastAsked is not { } last || last.Model != model)
        {
            _lastAsked = last = (model, _tables.Find(model));
        }

        return last.Table;
    }

    private static void Add(RelocationEntity entity, IReadOnlyList<object?> values, RowBatch batch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, batch.Columns.Count, nameof(values));
        var row = batch.NextRow();
        for (var i = 0; i < row.Length; i++)
        {
            if (ValueReader.FromObject(batch.Columns[i], PlainValue.Widened(values[i]), batch, out row[i]) is { } wrong)
            {
                throw RuleErrors.ValueDoesNotFit(entity, wrong);
            }
        }

        batch.CompleteRow(batch.Count);
    }
}
