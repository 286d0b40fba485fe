namespace Relocation.Testing;

/// <summary>One thing that is wrong in a rules file.</summary>
/// <param name="Line">Its line, from 1; 0 where the rule was not read from a file.</param>
/// <param name="Column">Its column, from 1, in characters.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
public sealed record RulesFileProblem(int Line, int Column, string Message);
