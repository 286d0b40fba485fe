using System.Runtime.CompilerServices;
using Relocation.Testing.Naming;

namespace Relocation.Testing;

/// <summary>Tells what a test changed in its database, as a text to approve or as objects to assert on (docs/changes.md).</summary>
public static class TestDatabaseChanges
{
    /// <summary>
    /// What changed since the database was handed out, or since a mark: whatever is committed, through any connection, with what triggers and
    /// cascades did.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="options">From when, and what is shown; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">There is no such mark, or no such field.</exception>
    /// <exception cref="ResetException">The database does not note what is touched, or others are in the way.</exception>
    /// <exception cref="DatabaseException">The database or its server is at fault.</exception>
    public static Task<DatabaseChanges> ChangesAsync(
        this TestDatabase database, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return ChangeReading.ReadAsync(database, options ?? new ChangeOptions(), cancellationToken);
    }

    /// <summary>
    /// Compares the text of changes with the approved file of the calling test, <c>Type.Method.verified.txt</c>, as <see cref="ApprovedSnapshot"/>
    /// does. A test with arguments passes the text on to the <c>CheckAsync</c> of its framework's package, which puts them into the name.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="options">From when, and what is shown; null for the defaults.</param>
    /// <param name="snapshot">Places, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <param name="member">The test's name; the compiler gives it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The changes.</returns>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    /// <exception cref="ArgumentException">There is no such mark, or no such field.</exception>
    /// <exception cref="ResetException">The database does not note what is touched, or others are in the way.</exception>
    /// <exception cref="DatabaseException">The database or its server is at fault.</exception>
    public static async Task<DatabaseChanges> CheckChangesAsync(
        this TestDatabase database,
        ChangeOptions? options = null,
        SnapshotOptions? snapshot = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string member = "",
        CancellationToken cancellationToken = default)
    {
        var changes = await ChangesAsync(database, options, cancellationToken).ConfigureAwait(false);
        await ApprovedSnapshot.CheckAsync(changes.ToString(), snapshot, sourceFile, member, cancellationToken).ConfigureAwait(false);
        return changes;
    }

    /// <summary>
    /// Notes how the rows that were touched so far are now, so that <see cref="ChangeOptions.Since"/> can tell what changed afterwards. A mark of
    /// the same name is replaced; a reset forgets all marks.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The mark's name, for example <c>before checkout</c>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ResetException">The database does not note what is touched, or others are in the way.</exception>
    /// <exception cref="DatabaseException">The database or its server is at fault.</exception>
    public static Task MarkAsync(this TestDatabase database, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return ChangeReading.MarkAsync(database, name, cancellationToken);
    }
}
