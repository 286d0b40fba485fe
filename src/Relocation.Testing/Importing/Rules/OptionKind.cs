namespace Relocation.Testing.Importing.Rules;

/// <summary>What depends on an option: who asks whether two imports are the same reads it here.</summary>
internal enum OptionKind
{
    /// <summary>The rows and their keys: part of a resumable import's fingerprint and of a reused baseline's key.</summary>
    Rows,

    /// <summary>Where a resumable import may stop: part of its fingerprint; no row and no key depends on it.</summary>
    Chunks,

    /// <summary>
    /// One attempt, whose successors keep what it has decided (the clock is one, since the moment of the first attempt holds for all): part of a
    /// reused baseline's key only.
    /// </summary>
    Attempt,

    /// <summary>Only what maps and messages show, which is read again from the beginning: part of a reused baseline's key only.</summary>
    Looks,

    /// <summary>Nothing that stays: who is told, and how long others are waited for.</summary>
    Watching,
}
