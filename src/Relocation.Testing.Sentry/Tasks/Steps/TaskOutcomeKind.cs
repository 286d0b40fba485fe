namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>What comes after an attempt that has not thrown.</summary>
internal enum TaskOutcomeKind
{
    /// <summary>The next task.</summary>
    Next,

    /// <summary>The same task after a while, as its next attempt.</summary>
    Again,

    /// <summary>An earlier task, which begins anew.</summary>
    BackTo,

    /// <summary>The relocation fails at once: no attempt could come to another end.</summary>
    Fail,
}
