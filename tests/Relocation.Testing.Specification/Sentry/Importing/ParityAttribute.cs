namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Says which of Sentry's own tests a test of ours stands for.</summary>
/// <param name="section">The specification's section that lists it.</param>
/// <param name="test">The name of Sentry's test.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ParityAttribute(string section, string test) : Attribute
{
    public string Section { get; } = section;

    public string Test { get; } = test;
}
