namespace Relocation.Testing.Specification.Chaos;

/// <summary>What became of a test.</summary>
public enum ChaosOutcome
{
    /// <summary>It has begun; where nothing follows, its process ended.</summary>
    Begun,

    /// <summary>It saw its baseline, and nothing was said of it.</summary>
    Good,

    /// <summary>It was bad, and is named in its own output.</summary>
    Named,

    /// <summary>It was bad, and is not named there.</summary>
    Unnamed,

    /// <summary>It saw another database than its baseline.</summary>
    Wrong,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is good, and something was said of it.</summary>
    Accused,

    /// <summary>Before its outcome: it has heard of tests whose process ended.</summary>
    Heard,
}
