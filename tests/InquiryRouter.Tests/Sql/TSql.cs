using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace InquiryRouter.Tests.Sql;

/// <summary>T-SQL as ScriptDom reads it, and what DESIGN.md forbids in it.</summary>
internal static class TSql
{
    /// <summary>What is wrong with a text, each problem with its line; empty when SQL Server would understand it and nothing is forbidden.</summary>
    public static IReadOnlyList<string> Problems(string sql)
    {
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0)
        {
            return [.. errors.Select(e => $"line {e.Line}: {e.Message}")];
        }

        var statements = new ForbiddenStatements();
        tree.Accept(statements);
        return [.. statements.Found, .. ForbiddenWords(tree.ScriptTokenStream)];
    }

    public static TSqlFragment Parse(string sql)
    {
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.Empty(errors);
        return tree;
    }

    // SQLite's words; some of them T-SQL reads as the name of an alias.
    private static IEnumerable<string> ForbiddenWords(IList<TSqlParserToken> tokens)
    {
        var words = tokens.Where(t => t.TokenType is not (TSqlTokenType.WhiteSpace or TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment)).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var text = words[i].TokenType == TSqlTokenType.Identifier ? words[i].Text.ToUpperInvariant() : string.Empty;
            if (text is "LIMIT" or "RETURNING" || (text == "CONFLICT" && i > 0 && words[i - 1].TokenType == TSqlTokenType.On))
            {
                yield return $"line {words[i].Line}: {(text == "CONFLICT" ? "ON CONFLICT" : text)} is SQLite's";
            }
        }
    }

    private sealed class ForbiddenStatements : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(MergeStatement node) => Found.Add($"line {node.StartLine}: MERGE is forbidden");

        public override void Visit(AlterDatabaseStatement node) => Found.Add($"line {node.StartLine}: ALTER DATABASE is forbidden");

        public override void Visit(UpdateStatement node) => CheckTarget(node, node.UpdateSpecification.Target, "update");

        public override void Visit(DeleteStatement node) => CheckTarget(node, node.DeleteSpecification.Target, "delete");

        private void CheckTarget(StatementWithCtesAndXmlNamespaces node, TableReference target, string what)
        {
            var expressions = node.WithCtesAndXmlNamespaces?.CommonTableExpressions.Select(c => c.ExpressionName.Value) ?? [];
            if (target is NamedTableReference { SchemaObject.BaseIdentifier.Value: var name } && expressions.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Found.Add($"line {node.StartLine}: {what} through a common table expression is forbidden");
            }
        }
    }
}
