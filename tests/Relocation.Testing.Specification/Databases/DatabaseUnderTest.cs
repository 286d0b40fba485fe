using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Databases;

/// <summary>What the specifications of databases and resets need to know of an engine.</summary>
public abstract class DatabaseUnderTest
{
    /// <summary>A target of new databases.</summary>
    public abstract DatabaseTarget Target { get; }

    /// <summary>The definition of a primary key column that the database counts up by itself.</summary>
    public abstract string CountedKey { get; }

    /// <summary>The definition of a column that is computed from the column <c>name</c> and stored.</summary>
    public abstract string StoredLength { get; }

    /// <summary>A statement that makes every row inserted or deleted in <c>item</c> leave its name in <c>audit</c>.</summary>
    public abstract string AuditTrigger { get; }

    /// <summary>A table <c>nickname</c> (name, member) with a text key, of the kind that needs most care.</summary>
    public abstract string NicknameTable { get; }

    /// <summary>A trigger that changes a row of <c>team</c> again right after it was inserted: <c>touched</c> becomes 1.</summary>
    public abstract string TouchTrigger { get; }

    /// <summary>Changes of the tables of the undo log's specification that only this engine has.</summary>
    public abstract IReadOnlyList<string> MoreChanges { get; }

    /// <summary>Everything that the database holds, in a defined order: rows of all tables, and key counters.</summary>
    public abstract Task<string> FingerprintAsync(DbConnection connection);

    /// <summary>Whether the database of that connection string exists.</summary>
    public abstract Task<bool> ExistsAsync(string connectionString);

    /// <summary>What a host of tests has to know of the engine, as environment variables.</summary>
    public abstract IReadOnlyDictionary<string, string> HostVariables { get; }

    /// <summary>The names of all files, databases and servers that hosts have left, those that were kept for failed tests excepted.</summary>
    /// <param name="temporary">The hosts' folder for temporary files.</param>
    public abstract Task<IReadOnlyList<string>> LeftoversAsync(string temporary);

    /// <summary>
    /// Locks tables so that whoever reads or writes them meanwhile fails, or gives null where the engine cannot lock single
    /// tables.
    /// </summary>
    public abstract Task<IAsyncDisposable?> LockTablesAsync(TestDatabase database, IEnumerable<string> tables);

    /// <summary>Deletes a test's database under it, as <c>EnsureDeleted</c> does; not where there is nothing to delete.</summary>
    public abstract Task<bool> DeleteAsync(TestDatabase database);

    /// <summary>Sweeps what dead processes have left, as the next process does; at once even where a server has just been restarted.</summary>
    public virtual Task SweepAsync() => Task.CompletedTask;

    /// <summary>Ends all sessions of a test's database, ours too, where there are such.</summary>
    public virtual Task EndSessionsAsync(TestDatabase database) => Task.CompletedTask;

    /// <summary>Removes the templates that tests have made and that stay.</summary>
    public abstract Task RemoveTemplatesAsync();

    /// <summary>A query that counts what resets have put into a database, and what is left of it where it should be gone.</summary>
    public abstract string CountOfOurs { get; }

    /// <summary>Opens the copy of a failed test's database. Closing it leaves the copy as it is.</summary>
    public abstract Task<DbConnection> OpenKeptAsync(KeptDatabase kept);

    /// <summary>Whether the copy of a failed test's database is still there.</summary>
    public abstract Task<bool> IsKeptAsync(KeptDatabase kept);

    /// <summary>Removes what was kept for tests of that folder and is not in it.</summary>
    public abstract Task RemoveKeptAsync(string folder);

    /// <summary>Other ways to say which database a connection string means, on this machine.</summary>
    public abstract IEnumerable<string> SpellingsOf(string connectionString);

    /// <summary>Makes an empty database of that name outside of the library, and a target of it.</summary>
    public abstract Task<(DatabaseTarget Target, IAsyncDisposable Remove)> MakeExistingAsync(string name);

    /// <summary>What to select so that a column's value arrives as the database keeps it, no matter what a driver makes of its type.</summary>
    public virtual string ReadColumn(RelocationField field, string column) => column;

    /// <summary>Maps <see cref="Models.Everything.Weather"/> to an enum of the database, where there are such.</summary>
    public virtual DbContextOptions<TContext> WithEnums<TContext>(DbContextOptions<TContext> options)
        where TContext : DbContext => options;

    /// <summary>Everything that a refused import must leave alone, to the last byte where that can be seen.</summary>
    public virtual Task<string> StateAsync(TestDatabase database) => FingerprintAsync(database);

    /// <summary>What can go wrong, by each class of the database's codes: what it is to be told as, its code, and the driver's exception.</summary>
    public abstract IReadOnlyList<(DatabaseFault Fault, string? Code, Func<Exception> Exception)> Faults();

    /// <summary>What is said of this process while it makes a shared baseline.</summary>
    public abstract string BaselineHolder { get; }

    /// <summary>Begins a transaction on a connection that keeps imports from a table, and resets too.</summary>
    public abstract string BeginLock(string table);

    /// <summary>A statement after which a connection may not write.</summary>
    public abstract string BeginReadOnly { get; }

    /// <summary>A statement after which it may.</summary>
    public abstract string EndReadOnly { get; }

    /// <summary>A statement after which rows of a table find no room.</summary>
    public abstract string BeginFull(string table);

    /// <summary>A statement that writes until there is no room: 8 MB into a table <c>filling</c>.</summary>
    /// <param name="place">Where the room is small, as the test that made it says.</param>
    public abstract string Fill(string place);

    /// <summary>A statement after which they do.</summary>
    public abstract string EndFull(string table);

    /// <summary>A table (id) whose triggers refuse to delete rows.</summary>
    public abstract string AppendOnlyTable(string name);

    /// <summary>The definitions of all constraints, and the settings of the connection that foreign keys depend on.</summary>
    public abstract Task<string> ConstraintsAsync(DbConnection connection);

    public Task<TestDatabase> CreateAsync(string schema, string seed = "", ResetOptions? reset = null) =>
        TestDatabase.CreateAsync(new TestDatabaseOptions
        {
            Target = Target,
            Model = RelocationModel.Create("none", []),
            Schema = SchemaSource.From((connection, _) => connection.RunAsync(schema)),
            Seed = (connection, _) => connection.RunAsync(seed),
            Reset = reset ?? new ResetOptions(),
        });

    public async Task<string> FingerprintAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await FingerprintAsync(connection);
    }
}
