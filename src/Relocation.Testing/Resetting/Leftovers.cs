namespace Relocation.Testing.Resetting;

/// <summary>What a test has left in its database beside rows, which every reset puts back.</summary>
/// <param name="Sentences">What it is, as ends of a sentence that begins with the test's name; none where there is nothing.</param>
/// <param name="MustBeReplaced">Whether no reset can be sure to put it right, so that the database is thrown away.</param>
internal sealed record Leftovers(IReadOnlyList<string> Sentences, bool MustBeReplaced)
{
    /// <summary>Whether open work is named with all that the server knows of it, so that nobody need say it in fewer words. Default: no.</summary>
    internal bool NamesWork { get; init; }

    /// <summary>Whether all that is said is that there is open work, of which nothing more is known. Default: no.</summary>
    internal bool IsUnnamedWork { get; init; }

    internal static Leftovers None { get; } = new([], MustBeReplaced: false);

    internal static Task<Leftovers> NoneAsync { get; } = Task.FromResult(None);
}
