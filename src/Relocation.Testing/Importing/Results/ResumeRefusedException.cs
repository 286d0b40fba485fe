namespace Relocation.Testing;

/// <summary>
/// An import cannot go on under its <see cref="ImportOptions.ResumeId"/>: it was begun with another backup, other options or other rules.
/// Nothing more was written than what had been committed before.
/// </summary>
public sealed class ResumeRefusedException : RelocationException
{
    internal ResumeRefusedException(string message)
        : base(message)
    {
    }
}
