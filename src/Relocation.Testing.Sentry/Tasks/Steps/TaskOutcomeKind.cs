namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>What follows an attempt that has not thrown.</summary>
internal enum TaskOutcomeKind
{
    /// <summary>The next task.</summary>
    Next,

    /// <summary>The same task after a while, as its next attempt.</summary>
    Again,

    /// <summary>An earlier task, which starts again.</summary>
    BackTo,

    /// <summary>The relocation fails at once: another attempt would not help.</summary>
    Fail,
}
