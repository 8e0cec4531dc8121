"""Airflow: crawl what is due every 10 minutes, compact each night.

Exit code 1 (a site needs a look) is a failed task with no retry: the next run is the retry.
Exit code 4 (another job holds a site) is a skipped task. ``newscrawl`` must be on the PATH of the
worker; give another environment's full path as the parameter ``command`` if Airflow has its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

PARAMS = {"command": "newscrawl", "targets": "all", "output": "/srv/newscrawl/output"}

with DAG(
    dag_id="newscrawl",
    schedule="*/10 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,  # newscrawl catches up by itself
    max_active_runs=1,
    default_args={"retries": 0},
    params=PARAMS,
) as crawl_dag:
    BashOperator(
        task_id="crawl",
        # exec: a task that is killed sends its SIGTERM to newscrawl itself
        bash_command=(
            "exec {{ params.command }} crawl {{ params.targets }} --due --json"
            " --output {{ params.output }} --max-time 8m"
        ),
        skip_on_exit_code=4,
        execution_timeout=timedelta(minutes=30),
    )

with DAG(
    dag_id="newscrawl_care",
    schedule="20 3 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
) as care_dag:
    BashOperator(
        task_id="compact",
        bash_command="exec {{ params.command }} dataset --output {{ params.output }} compact",
        skip_on_exit_code=4,
    )
