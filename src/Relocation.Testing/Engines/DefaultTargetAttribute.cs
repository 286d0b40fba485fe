namespace Relocation.Testing.Engines;

/// <summary>An engine's package says by it what a matrix of tests uses where nobody chose a target.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal abstract class DefaultTargetAttribute : Attribute
{
    internal abstract DatabaseEngine Engine { get; }

    internal abstract DatabaseTarget CreateTarget();
}
