"""A number hidden in a screenshot is found, tied to a transfer, and shown with page and box; a doubtful one ties nothing."""
import shutil
import subprocess
import unittest

from ovillo_cli import Workspace, WorkspaceTest

