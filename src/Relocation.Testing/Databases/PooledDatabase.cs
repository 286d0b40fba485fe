namespace Relocation.Testing.Databases;

/// <summary>A database of a pool, with the name of the test that had it last.</summary>
internal sealed class PooledDatabase(TestDatabase database)
{
    internal TestDatabase Database => database;

    /// <summary>The test that has it, or had it last; null where none had it.</summary>
    internal string? Test { get; private set; }

    /// <summary>Where the test is noted that has it.</summary>
    private (LeaseBook Book, int Line)? _noted;

    /// <summary>A test takes it.</summary>
    internal void Take(string test)
    {
        Test = test;
        _noted = LeaseBook.Note(test);
    }

    /// <summary>The test has given it back.</summary>
    internal void GiveBack()
    {
        LeaseBook.Strike(_noted);
        _noted = null;
    }
}
