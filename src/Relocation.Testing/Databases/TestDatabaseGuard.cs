using System.Data.Common;

namespace Relocation.Testing.Databases;

/// <summary>Refuses, before the first write, databases that are not test databases by their own name.</summary>
internal static class TestDatabaseGuard
{
    /// <summary>Checks the database of an open connection.</summary>
    /// <exception cref="UnsafeDatabaseException">Its name has no word <c>test</c> or <c>tests</c>.</exception>
    internal static void Check(DatabaseEngine engine, DbConnection connection, bool dangerouslyAllowAnyName)
    {
        var name = engine.DatabaseName(connection);
        if (!dangerouslyAllowAnyName && !IsTestName(name))
        {
            throw Errors.UnsafeDatabase(engine, name);
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
