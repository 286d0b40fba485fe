using System.Data.Common;

namespace Relocation.Testing.Engines;

/// <summary>Refuses, before the first write, databases that are not test databases by their own name.</summary>
internal static class TestDatabaseGuard
{
    /// <summary>
    /// Checks the database of an open connection: its real name, behind links and aliases, and the name that was given, which somebody may have
    /// chosen to say that it is no test database.
    /// </summary>
    /// <param name="engine">The connection's engine.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="dangerouslyAllowAnyName">Whether nothing is checked.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="given">The name that was given, or null for that of the connection.</param>
    /// <exception cref="UnsafeDatabaseException">One of the names has no word <c>test</c> or <c>tests</c>.</exception>
    internal static async Task CheckAsync(
        DatabaseEngine engine,
        DbConnection connection,
        bool dangerouslyAllowAnyName,
        CancellationToken cancellationToken,
        string? given = null)
    {
        if (dangerouslyAllowAnyName)
        {
            return;
        }

        given ??= engine.DatabaseName(connection);
        var real = await engine.RealDatabaseAsync(connection, cancellationToken).ConfigureAwait(false);
        if (!IsTestName(real.Name) || (given.Length > 0 && !IsTestName(given)))
        {
            throw DatabaseErrors.UnsafeDatabase(engine, IsTestName(real.Name) ? given : real.Name, given, real);
        }

        if (real.HasOtherNames)
        {
            throw DatabaseErrors.DatabaseOfManyNames(engine, real);
        }
    }

    /// <summary>
    /// Whether <c>test</c> or <c>tests</c> is a whole word of the name. Words end at anything but a letter and where an
    /// upper-case letter begins a new word: <c>ShopTests</c>, <c>shop_test</c> and <c>test7</c> have one, <c>contest</c>
    /// and <c>latest</c> have not.
    /// </summary>
    internal static bool IsTestName(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetter(name[i]);
            if ((ends || BeginsWord(name, i)) && IsTestWord(name.AsSpan(start, i - start)))
            {
                return true;
            }

            if (ends)
            {
                start = i + 1;
            }
            else if (BeginsWord(name, i))
            {
                start = i;
            }
        }

        return false;
    }

    /// <summary>Whether an upper-case letter there follows a lower-case one, or ends a run of upper-case ones.</summary>
    private static bool BeginsWord(string name, int i) =>
        i > 0 && char.IsUpper(name[i])
        && (char.IsLower(name[i - 1])
            || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));

    private static bool IsTestWord(ReadOnlySpan<char> word) =>
        word.Equals("test", StringComparison.OrdinalIgnoreCase) || word.Equals("tests", StringComparison.OrdinalIgnoreCase);
}
